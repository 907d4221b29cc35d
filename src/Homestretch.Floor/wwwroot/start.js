// Puts the worker in place that lets the app start without a network.
if ('serviceWorker' in navigator) navigator.serviceWorker.register('service-worker.js', { updateViaCache: 'none' }).catch(e => console.warn(`The app cannot be kept for work without a network: ${e.message}`));
