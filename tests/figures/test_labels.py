from sdsf_analysis.figures import labels


def test_a_name_is_broken_between_words_only():
    assert labels.wrapped("CC Bugey Sud") == "CC Bugey Sud"
    assert labels.wrapped("CA Villefranche Beaujolais Saône", 18).splitlines() == [
        "CA Villefranche",
        "Beaujolais Saône",
    ]
    assert labels.wrapped("Saint-Remy-en-Bouzemont-Saint-Genest") == "Saint-Remy-en-Bouzemont-Saint-Genest"
