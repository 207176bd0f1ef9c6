"""Plans that have no number: the schéma départemental, the indicators common to all of them."""

SDSF = "SDSF"
# the national list of the arrêté of 4 July 2024, which a file brings
COMMON = "indicateurs communs"
