"""Write to the assignment's file as it is.

outcome: forbidden
stopped by: box
refused: EROFS
differs without: box
says: The assignment's own own.csv can only be read
given: own.csv
"""

open("own.csv", "w").write("mine")
