"""What one review may use before it is stopped."""

from __future__ import annotations

#: seconds of computing for one review: with the start of a new child, its verdict is there within two
MOST_SECONDS = 1.3
#: bytes of address space
MOST_MEMORY = 1 << 30
#: seconds by the clock for one review: what computes is stopped long before, what only waits is not
LONGEST = 10
#: seconds that a new child may take until it is ready
TO_START = 60
#: seconds that one may take to be gone that has closed its output: only then is it known what stopped it
TO_END = 10
