/** Starts the page. playground.ts writes what is in its element `config`. */
import { render } from 'preact';
import type { PageConfig } from '../page-config.ts';
import { App } from './app.tsx';
import { createModel } from './model.ts';
import './page.css';
import { createStored } from './browser-storage.ts';

const config = JSON.parse(document.getElementById('config')?.textContent ?? '') as PageConfig;
const place = document.getElementById('playground');
if (!place) throw new Error('The page has no element "playground".');

const model = createModel(config, createStored(localStorage));
place.textContent = '';
render(<App model={model} />, place);
void model.loadSchema();
