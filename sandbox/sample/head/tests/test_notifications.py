def test_the_subject_names_the_parcel() -> None:
    number = "AB123456"
    subject = f"Your parcel {number}"
    assert number in subject


def test_the_text_names_the_place() -> None:
    place = "Hamburg"
    assert f"It is in {place}." == "It is in Hamburg."
