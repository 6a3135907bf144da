// The part of MapLibre that reads tiles and outlines beside the page, as a file of our own: a page
// may start a worker from its own origin and from nowhere else.
import * as worker from "maplibre-gl/dist/maplibre-gl-worker.mjs";

// Its package says that it has no side effects: unless it is used it would be left out.
self.maplibreWorker = worker;
