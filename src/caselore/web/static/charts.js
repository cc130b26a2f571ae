'use strict';
// Draws the charts of a page from their Vega-Lite specifications, in the colours of the page. No eval: see vendor/README.md.
const TONES = {
  '#222222': '--ink', '#DDDDDD': '--line', '#0072B2': '--plot-a', '#D55E00': '--plot-b', '#7F7F7F': '--plot-c', '#000000': '--ink',
  white: '--paper',
};

function toned(value) {
  if (Array.isArray(value)) return value.map(toned);
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, toned(one)]));
  return TONES[value] ? getComputedStyle(document.documentElement).getPropertyValue(TONES[value]).trim() : value;
}

async function draw(place) {
  const answer = await fetch(place.dataset.chart);
  const told = await answer.json();
  place.replaceChildren();
  if (!answer.ok) {
    const words = document.createElement('p');
    words.className = 'muted small';
    words.textContent = told.error ?? 'The chart could not be drawn.';
    place.append(words);
    return;
  }
  const font = getComputedStyle(document.body).fontFamily;
  const data = told.datasets;
  const specification = toned({ ...told, datasets: undefined });
  if (data) specification.datasets = data;
  await window.drawChart(place, { ...specification, background: null, usermeta: undefined }, { font });
}

const places = [...document.querySelectorAll('[data-chart]')];
const drawAll = () => Promise.all(places.map(draw)).then(() => { document.body.dataset.drawn = 'true'; });
drawAll();
new MutationObserver(drawAll).observe(document.documentElement, { attributeFilter: ['data-theme'] });
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
