"""The small asynchronous process that holds every open live stream.

A stream on a web server's thread would starve the pages: eight of them blocked the ninth request.
"""
