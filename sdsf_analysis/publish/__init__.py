"""Publications: what is read outside the workspace: executed notebooks, workbooks, pages."""
