"""The register of what was asked of partners: the words of ``data/raw/demandes.csv``."""

from sdsf_analysis.model.rulings import csv_line

REQUESTS = "demandes.csv"
# Column of the table ``requests`` → its title in the file.
TITLES = {
    "request": "demande",
    "kind": "fichier demandé",
    "partner": "partenaire",
    "asked_on": "demandé le",
    "due_on": "attendu le",
    "received_on": "reçu le",
    "source": "fichier reçu",
    "version": "version",
    "remark": "remarque",
}
# States of a request at a date, those to act on first; the last one is that of a file without a request.
STATES = {
    "late": "en retard",
    "awaited": "attendu",
    "undated": "sans échéance",
    "received_late": "reçu en retard",
    "received": "reçu",
    "to_come": "pas encore demandé",
    "not_asked": "reçu sans avoir été demandé",
}


def requests_template() -> str:
    r"""Empty register with its header, to be written in UTF-8: a BOM opens it, as Excel expects.

    Examples
    --------
    >>> requests_template()[1:].rstrip()
    'demande;fichier demandé;partenaire;demandé le;attendu le;reçu le;fichier reçu;version;remarque'
    """
    return "\ufeff" + csv_line(TITLES.values()) + "\r\n"
