// Turns a long list of choices into a field that searches it: a combobox by the WAI-ARIA
// pattern. The list itself stays in the form, and is all there is without a script.
(() => {
	'use strict';

	const LONG = 12;
	const SHOWN = 50;

	function element(name, attributes) {
		const made = document.createElement(name);
		for (const [key, value] of Object.entries(attributes)) {
			made.setAttribute(key, value);
		}
		return made;
	}

	// Without the count, else 17 would also find what has 17 rows.
	function searched(text) {
		return text.replace(/: [\d,]+ rows?$/, '').toLowerCase();
	}

	function enhance(select) {
		const id = select.id;
		const list = element('ul', { id: id + '-list', role: 'listbox', 'aria-label': 'Choices', hidden: '' });
		const input = element('input', { id, role: 'combobox', autocomplete: 'off', spellcheck: 'false', 'aria-expanded': 'false',
			'aria-autocomplete': 'list', 'aria-controls': list.id, placeholder: 'Search by name or value' });
		for (const name of ['aria-describedby', 'aria-invalid']) {
			if (select.hasAttribute(name)) {
				input.setAttribute(name, select.getAttribute(name));
			}
		}
		const box = element('span', { class: 'combobox' });
		select.id = id + '-value';
		select.hidden = true;
		select.before(box);
		box.append(input, list);
		let active = -1;

		const all = [...select.options].map((option) => ({ value: option.value, text: option.text, key: searched(option.text) }));
		const chosen = () => (select.value === '') ? '' : select.selectedOptions[0].text;

		function close() {
			list.hidden = true;
			active = -1;
			input.setAttribute('aria-expanded', 'false');
			input.removeAttribute('aria-activedescendant');
		}

		function mark(place) {
			const items = list.querySelectorAll('[role=option]');
			active = (items.length === 0) ? -1 : (place + items.length) % items.length;
			items.forEach((item, at) => item.setAttribute('aria-selected', String(at === active)));
			if (active >= 0) {
				items[active].scrollIntoView({ block: 'nearest' });
				input.setAttribute('aria-activedescendant', items[active].id);
			}
		}

		function open() {
			const wanted = (input.value === chosen()) ? '' : input.value.trim().toLowerCase();
			const found = all.filter((choice) => choice.key.includes(wanted) || choice.text.toLowerCase().startsWith(wanted));
			list.replaceChildren(...found.slice(0, SHOWN).map((choice, at) => {
				const item = element('li', { id: list.id + '-' + at, role: 'option', 'aria-selected': 'false' });
				item.textContent = choice.text;
				item.dataset.value = choice.value;
				return item;
			}));
			if (found.length !== list.children.length || found.length === 0) {
				const more = element('li', { class: 'muted', role: 'presentation' });
				more.textContent = (found.length === 0) ? 'No match' : 'and ' + (found.length - SHOWN) + ' more: type to search';
				list.append(more);
			}
			list.hidden = false;
			input.setAttribute('aria-expanded', 'true');
			active = -1;
			input.removeAttribute('aria-activedescendant');
			if (wanted !== '') {
				mark(0);
			}
		}

		function choose(value) {
			const changed = select.value !== value;
			select.value = value;
			input.value = chosen();
			close();
			if (changed) {
				select.dispatchEvent(new Event('change', { bubbles: true }));
			}
		}

		// What was typed and matches nothing is no choice.
		function leave() {
			if (input.value.trim() === '' && select.options[0].value === '') {
				choose('');
			}
			const exact = all.find((choice) => choice.value !== '' && choice.value === input.value.trim());
			choose(exact ? exact.value : select.value);
		}

		// Only a choice changes the form, not what is typed to find it.
		input.addEventListener('change', (event) => event.stopPropagation());
		input.addEventListener('input', (event) => {
			event.stopPropagation();
			open();
		});
		input.addEventListener('click', open);
		input.addEventListener('blur', leave);
		input.addEventListener('focus', () => input.select());
		input.addEventListener('keydown', (event) => {
			if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
				event.preventDefault();
				if (list.hidden) {
					open();
				}
				mark((event.key === 'ArrowDown') ? active + 1 : Math.max(active, 0) - 1);
			}
			if (event.key === 'Enter' && active >= 0) {
				event.preventDefault();
				choose(list.querySelectorAll('[role=option]')[active].dataset.value);
			}
			else if (event.key === 'Enter') {
				leave();
			}
			if (event.key === 'Escape' && !list.hidden) {
				event.stopPropagation();
				input.value = chosen();
				close();
			}
		});
		list.addEventListener('mousedown', (event) => {
			event.preventDefault();
			const item = event.target.closest('[role=option]');
			if (item) {
				choose(item.dataset.value);
			}
		});
		input.value = chosen();
	}

	for (const select of document.querySelectorAll('select[data-search]')) {
		if (select.options.length > LONG) {
			enhance(select);
		}
	}
})();
