"""Fictitious partners' files for any département, laid out as institutions do, with known faults.

Everything drawn is invented but the communes, the EPCI and their populations. A kind of file is a layout
(``layouts.toml``) and a module of `kinds` that makes its rows; a faulty cell carries its fault to the writer,
which notes it at the address where it writes it.
"""

from sdsf_analysis.demo.generator import write_demo, write_templates

__all__ = ["write_demo", "write_templates"]
