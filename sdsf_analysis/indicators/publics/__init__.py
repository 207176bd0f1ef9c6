"""The publics that a plan names: children with a disability, single-parent and low-income families."""
