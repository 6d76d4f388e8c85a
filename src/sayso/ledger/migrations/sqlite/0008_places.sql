-- Events and figures by their places, to find the few statements that a search by place can mean.
CREATE INDEX event_place ON event (lower(place)) WHERE place IS NOT NULL;
CREATE INDEX event_country ON event (country) WHERE country IS NOT NULL;
CREATE INDEX figure_place ON figure (lower(place)) WHERE place IS NOT NULL;
