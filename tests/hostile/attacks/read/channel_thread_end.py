"""Waits at a place of a file that all children can map, to be woken at the end of another's thread.

outcome: ran
stopped by: seccomp
refused: EAGAIN
wins without: seccomp
"""
import ctypes
import mmap
import os

from tool import call

file = open(os.__file__, "rb")
page = mmap.mmap(file.fileno(), 4096, mmap.MAP_SHARED, mmap.PROT_READ)


class View(ctypes.Structure):
    _fields_ = [("place", ctypes.c_void_p), ("rest", ctypes.c_byte * 96)]


view = View()
ctypes.pythonapi.PyObject_GetBuffer(ctypes.py_object(page), ctypes.byref(view), 0)
now = ctypes.c_uint32.from_address(view.place).value
time = (ctypes.c_long * 2)(0, 1000)
won, why = call("futex", view.place, 0, now, ctypes.addressof(time), 0, 0)
won = why == "ETIMEDOUT"
