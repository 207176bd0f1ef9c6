"""Where the tables of a sheet stand: rows described once, blocks, headers, bodies, totals, notes."""
