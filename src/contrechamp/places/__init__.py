"""The territory: communes, EPCI, départements, regions, their names, codes and outlines."""
