"""The window: what people see and touch, on Qt."""

from __future__ import annotations

import ctypes
import os
import sys

# WORKAROUND PySide 6.12.0: its wheels are built for Pythons whose None, True and False are immortal (3.12 and
# later). On 3.11 each call that returns one of them may take a reference which it never added; after some
# thousand calls the interpreter dies ("deallocating None"). Give them more than a program could ever lose.
_MORE_THAN_CAN_BE_LOST = 1 << 60

if sys.version_info < (3, 12) and sys.getrefcount(None) < _MORE_THAN_CAN_BE_LOST // 2:
    for shared in (None, True, False, NotImplemented, Ellipsis):
        ctypes.c_ssize_t.from_address(id(shared)).value += _MORE_THAN_CAN_BE_LOST

# The look is built on Qt's own Fusion style. Named here, before there is an application, it costs nothing;
# QApplication.setStyle would hand the style object back, for which Python first makes a hundred enums.
os.environ["QT_STYLE_OVERRIDE"] = "Fusion"
