// What the header offers besides links: the theme, and the palette that finds pages, rules,
// runs and actions.
(() => {
	'use strict';

	const root = document.documentElement;
	const THEMES = ['auto', 'light', 'dark'];
	const A_YEAR = 31536000;

	// In a cookie, so that the next page comes in the right colours from the start.
	function themeButton() {
		const button = document.getElementById('theme');
		if (!button) {
			return;
		}
		const show = () => {
			const theme = root.dataset.theme ?? 'auto';
			button.setAttribute('aria-label', 'Theme: ' + theme);
			button.title = 'Theme: ' + theme;
		};
		button.addEventListener('click', () => {
			const theme = THEMES[(THEMES.indexOf(root.dataset.theme ?? 'auto') + 1) % THEMES.length];
			if (theme === 'auto') {
				delete root.dataset.theme;
			}
			else {
				root.dataset.theme = theme;
			}
			document.cookie = 'RETENTION_THEME=' + theme + '; path=/; max-age=' + A_YEAR + '; samesite=lax';
			show();
			document.dispatchEvent(new Event('theme'));
		});
		button.hidden = false;
		show();
	}

	const dialog = document.getElementById('palette');
	const find = document.getElementById('find');
	let input;
	let list;
	let nothing;

	function element(name, attributes) {
		const made = document.createElement(name);
		Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
		return made;
	}

	function build() {
		input = element('input', { type: 'text', role: 'combobox', 'aria-label': 'Find a page or an action',
			'aria-expanded': 'true', 'aria-controls': 'palette-list', 'aria-autocomplete': 'list', autocomplete: 'off',
			spellcheck: 'false', placeholder: 'Find a page, a rule, a recipe, a run or an action' });
		list = element('div', { role: 'listbox', id: 'palette-list', 'aria-label': 'Results' });
		nothing = element('p', { role: 'status', class: 'empty' });
		const help = element('p', {});
		help.textContent = '↑ ↓ to choose, Enter to open, Esc to close';
		dialog.append(input, list, nothing, help);
		input.addEventListener('input', filter);
		input.addEventListener('keydown', pressed);
		dialog.addEventListener('click', (event) => {
			if (event.target === dialog) {
				dialog.close();
			}
		});
	}

	function shown() {
		return [...list.querySelectorAll('[role="option"]:not([hidden])')];
	}

	function choose(option) {
		list.querySelector('[aria-selected="true"]')?.setAttribute('aria-selected', 'false');
		option?.setAttribute('aria-selected', 'true');
		input.setAttribute('aria-activedescendant', option?.id ?? '');
		option?.scrollIntoView({ block: 'nearest' });
	}

	// Every word that was typed has to be in it. Groups are too many to be shown before one is.
	function filter() {
		const words = input.value.toLowerCase().split(/\s+/).filter((word) => word !== '');
		for (const option of list.querySelectorAll('[role="option"]')) {
			const text = option.textContent.toLowerCase();
			option.hidden = !words.every((word) => text.includes(word))
				|| (words.length === 0 && option.closest('[data-typed]') !== null);
		}
		for (const group of list.querySelectorAll('[role="group"]')) {
			group.hidden = group.querySelector('[role="option"]:not([hidden])') === null;
		}
		const found = shown();
		nothing.textContent = (found.length === 0 && list.childElementCount > 0) ? 'No match' : '';
		nothing.hidden = nothing.textContent === '';
		choose(found[0]);
	}

	function pressed(event) {
		const found = shown();
		const at = found.findIndex((option) => option.getAttribute('aria-selected') === 'true');
		if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
			event.preventDefault();
			choose(found.at((at + ((event.key === 'ArrowDown') ? 1 : found.length - 1)) % found.length));
		}
		if (event.key === 'Enter') {
			event.preventDefault();
			found[at]?.click();
		}
	}

	async function options(address) {
		const response = await fetch(address, { headers: { 'HX-Request': 'true' } });
		if (response.headers.has('HX-Redirect')) {
			location.assign(response.headers.get('HX-Redirect'));
		}
		return response.ok ? response.text() : '';
	}

	// Groups have to be counted, so they come after the rest.
	async function load() {
		const groups = options(dialog.dataset.from + '/groups');
		list.innerHTML = await options(dialog.dataset.from);
		filter();
		list.insertAdjacentHTML('beforeend', await groups);
		filter();
	}

	function open() {
		if (dialog.open) {
			return;
		}
		if (!input) {
			build();
		}
		input.value = '';
		filter();
		dialog.showModal();
		input.focus();
		load().catch(() => {
			nothing.textContent = 'The service does not respond.';
			nothing.hidden = false;
		});
	}

	function paletteButton() {
		if (!dialog || !find) {
			return;
		}
		if (/Mac|iPhone|iPad/.test(navigator.platform)) {
			find.querySelector('kbd').textContent = '⌘ K';
			find.title = find.title.replace('Ctrl+K', '⌘K');
		}
		find.hidden = false;
		find.addEventListener('click', open);
		document.addEventListener('keydown', (event) => {
			if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'k') {
				event.preventDefault();
				open();
			}
		});
	}

	themeButton();
	paletteButton();
})();
