export { Map, Marker, setWorkerUrl } from 'maplibre-gl';
