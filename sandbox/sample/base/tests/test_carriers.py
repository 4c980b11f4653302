import pytest

from parcels.carriers import CarrierError, locate


def test_an_unknown_carrier_is_an_error() -> None:
    with pytest.raises(CarrierError):
        locate("pigeon", "AB123456")
