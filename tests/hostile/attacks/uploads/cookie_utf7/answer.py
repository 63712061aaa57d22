# -*- coding: utf-7 -*-
x = 1+AF8-
