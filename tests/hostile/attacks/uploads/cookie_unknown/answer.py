# -*- coding: evil -*-
x = 1
