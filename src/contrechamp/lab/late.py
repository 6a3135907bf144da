"""NumPy and SciPy, loaded when the first number is computed and not before.

Every page and command of the house knows the experiments by their declarations; few compute.
Loading NumPy and SciPy takes a second of processor time and starts a thread for each core, so
modules of the lab take `np` and `special` from here. An array of a declaration is out of place:
write it as a plain tuple.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

__all__ = ["Floats", "NDArray", "Whole", "np", "special"]

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy import special

    Floats = NDArray[np.float64]
    Whole = NDArray[np.int64]
else:
    Floats = NDArray = Whole = Any

    class Late(ModuleType):
        """A module that is imported when something of it is asked for."""

        def __getattr__(self, name: str) -> Any:
            value = getattr(import_module(self.__name__), name)
            vars(self)[name] = value
            return value

    np = Late("numpy")
    special = Late("scipy.special")
