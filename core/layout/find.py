"""Raw."""
import numpy as np
from core.document import *
from core.layout.detector import detect
from core.layout.reading_order import *
def find_lines(image, *, layout="auto"):
    ds=detect(image)
    v=sum(max(np.ptp(d.corners[:,1]),1) for d in ds if np.ptp(d.corners[:,1])>1.5*np.ptp(d.corners[:,0])); h=sum(np.ptp(d.corners[:,0]) for d in ds if np.ptp(d.corners[:,0])>1.5*np.ptp(d.corners[:,1]))
    ttb=v>h
    B=[]
    for d in ds:
        x0,y0=d.corners.min(0); x1,y1=d.corners.max(0)
        B.append(Box(y0,-x1,y1,-x0) if ttb else Box(x0,y0,x1,y1))
    return [LineShape(tuple(map(tuple,ds[i].corners)),Direction.TTB if ttb else Direction.LTR) for i in reading_order(B, 1.5 if ttb else .6)]
