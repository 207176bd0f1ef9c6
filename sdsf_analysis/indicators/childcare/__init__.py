"""The coverage of the children under three by childcare: published by the Cnaf, estimated here, compared."""
