"""crc32fast against zlib."""

import random
import zlib

import crc32fast

chance = random.Random(32)

for _ in range(500):
    data = bytes(chance.choices(range(256), k=chance.randrange(200)))
    cut = chance.randrange(len(data) + 1)
    assert crc32fast.hash(data) == zlib.crc32(data)
    whole = crc32fast.Hasher()
    whole.update(data[:cut])
    whole.update(memoryview(data)[cut:])
    assert whole.finalize() == zlib.crc32(data)
    begun = crc32fast.Hasher.new_with_initial(zlib.crc32(data[:cut]))
    begun.update(data[cut:])
    assert begun.finalize() == zlib.crc32(data)
    first, second = crc32fast.Hasher(), crc32fast.Hasher()
    first.update(data[:cut])
    second.update(data[cut:])
    first.combine(second)
    assert first.finalize() == zlib.crc32(data)
