// Calls made before the tracker has loaded wait here; when it is blocked they wait for ever and nothing breaks.
window.footfall =
  window.footfall ||
  function () {
    (window.footfall.q = window.footfall.q || []).push(arguments);
  };
