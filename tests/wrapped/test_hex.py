"""hex against binascii."""

import binascii
import random

import hex

chance = random.Random(4)

for _ in range(500):
    data = chance.randbytes(chance.randrange(40)) if hasattr(chance, "randbytes") else bytes(chance.choices(range(256), k=9))
    text = hex.encode(data)
    assert text == binascii.hexlify(data).decode() == data.hex()
    assert hex.encode_upper(data) == text.upper()
    assert hex.decode(text.encode()) == binascii.unhexlify(text) == data
    assert hex.decode(text.upper().encode()) == data
    out = bytearray(2 * len(data))
    hex.encode_to_slice(data, out)
    assert bytes(out) == text.encode()

for _ in range(500):
    digits = bytes(chance.choices(b"0123456789abcdefABCDEFgG \xff", k=chance.randrange(8)))
    try:
        expected = binascii.unhexlify(digits)
    except binascii.Error:
        try:
            hex.decode(digits)
        except hex.FromHexError as error:
            assert str(error), error
        else:
            raise AssertionError(digits)
    else:
        assert hex.decode(digits) == expected

try:
    hex.decode(b"abc")
except hex.FromHexError.OddLength as error:
    assert str(error) == "Odd number of digits"
