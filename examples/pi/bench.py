"""Pi by the series of Leibniz"""

import original
import pi

CONTENDERS = {
    "python": original.leibniz,
    "rust": pi.leibniz,
}

INPUTS = {
    "1,000,000 terms": lambda: (1_000_000,),
}
