"""The département that a code points to, by its first characters."""


def departement_of(code: str) -> str:
    """Département that a code points to, its lost zero put back, even when no commune bears it.

    Examples
    --------
    >>> departement_of("97105"), departement_of("1004"), departement_of("XX")
    ('971', '01', '')
    """
    if len(code) == 4 and code.isdigit():
        code = f"0{code}"
    if len(code) != 5:
        return ""
    return code[:3] if code.startswith(("97", "98")) else code[:2]
