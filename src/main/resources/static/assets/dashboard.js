// What a page needs besides htmx: times in the user's time zone, a banner when the
// connection is lost, and announcements for screen readers.
(() => {
	'use strict';

	// The year is left out where there can be no doubt, seconds are shown where they matter.
	const whole = format({ dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' });
	const short = format({ month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
	const exact = format({ dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' });
	const NEAR = 300 * 86400000;
	const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
	let inUtc = remembered() === 'utc';

	function format(parts) {
		return { local: new Intl.DateTimeFormat(undefined, parts),
			utc: new Intl.DateTimeFormat(undefined, { ...parts, timeZone: 'UTC' }) };
	}

	function remembered() {
		try {
			return localStorage.getItem('zone');
		}
		catch {
			return null;
		}
	}

	function remember(value) {
		try {
			localStorage.setItem('zone', value);
		}
		catch {
			// The choice then holds for this page only.
		}
	}

	function showTimes(root) {
		for (const time of root.querySelectorAll('time[datetime]')) {
			const at = new Date(time.dateTime);
			if ('day' in time.dataset) {
				continue;
			}
			time.title = exact.local.format(at) + ' ' + zone + ' · ' + exact.utc.format(at) + ' UTC';
			if (!('ago' in time.dataset)) {
				const shown = ('exact' in time.dataset) ? exact : (Math.abs(Date.now() - at) < NEAR) ? short : whole;
				time.textContent = inUtc ? shown.utc.format(at) + ' UTC' : shown.local.format(at);
			}
		}
	}

	function zoneButton() {
		const button = document.getElementById('zone');
		const name = document.getElementById('zone-name');
		if (!button || !name) {
			return;
		}
		const show = () => {
			button.setAttribute('aria-pressed', String(inUtc));
			name.textContent = inUtc ? 'UTC' : zone;
			showTimes(document);
		};
		button.hidden = zone === 'UTC';
		button.title = 'Show all times in UTC';
		button.addEventListener('click', () => {
			inUtc = !inUtc;
			remember(inUtc ? 'utc' : 'local');
			show();
		});
		show();
	}

	// Screen readers do not read a live region that is replaced, so announcements go into one
	// that stays.
	const told = new Map();

	function announce() {
		for (const place of document.querySelectorAll('[data-announce]')) {
			const key = place.closest('[id]')?.id ?? place.id;
			const text = place.dataset.announce;
			if (told.has(key) && told.get(key) !== text) {
				document.getElementById('announcer').textContent = text;
			}
			told.set(key, text);
		}
		showTimes(document);
	}

	// Failing requests by path, so that one that succeeds does not hide the others.
	const failing = new Map();
	const banner = document.getElementById('connection');

	function showConnection() {
		const reasons = [...failing.values()];
		banner.hidden = reasons.length === 0;
		document.body.classList.toggle('stale', reasons.length > 0);
		if (reasons.length > 0 && banner.textContent !== reasons[0]) {
			banner.textContent = reasons[0];
		}
	}

	function reason(status) {
		if (status === 503) {
			return 'The database cannot be reached. Data may be stale. Retrying…';
		}
		if (status === 0) {
			return 'The service does not respond. Data may be stale. Retrying…';
		}
		return 'Part of this page could not be refreshed (' + status + '). See the log of the service for details.';
	}

	function path(event) {
		return event.detail.pathInfo?.requestPath.split('?')[0] ?? '';
	}

	function failed(event) {
		failing.set(path(event), reason(event.detail.xhr?.status ?? 0));
		showConnection();
		// Retry what is not polled.
		if (event.detail.elt.getAttribute('hx-trigger')?.includes('again')) {
			setTimeout(() => window.htmx.trigger(event.detail.elt, 'again'), 3000);
		}
	}

	const body = document.body;
	body.addEventListener('htmx:responseError', failed);
	body.addEventListener('htmx:sendError', failed);
	body.addEventListener('htmx:timeout', failed);
	body.addEventListener('htmx:afterRequest', (event) => {
		if (event.detail.successful && failing.delete(path(event))) {
			showConnection();
		}
	});
	body.addEventListener('htmx:afterSettle', () => {
		keepOpen();
		announce();
		keepFocus();
	});

	function keepOpen() {
		for (const [id, number] of opened) {
			document.getElementById(id)?.querySelectorAll('details')[number]?.setAttribute('open', '');
		}
		opened = [];
	}

	// What has the focus may be replaced. htmx finds it again by its id; where it is gone, what
	// it was in takes the focus, so that the keyboard does not start over at the top.
	let around = [];
	let opened = [];

	body.addEventListener('htmx:beforeSwap', (event) => {
		if ('poll' in event.detail.elt.dataset && isHeld(event.detail.target)) {
			event.detail.shouldSwap = false;
			return;
		}
		const details = [...event.detail.target.querySelectorAll('details')];
		opened = details.filter((one) => one.open).map((one) => [event.detail.target.id, details.indexOf(one)]);
		around = [];
		if (event.detail.target.contains(document.activeElement)) {
			for (let at = document.activeElement; at && at !== body; at = at.parentElement) {
				around.push(at.id);
			}
		}
	});

	function keepFocus() {
		const lost = document.activeElement === body || document.activeElement === null;
		const place = around.filter((id) => id !== '').map((id) => document.getElementById(id)).find(Boolean);
		around = [];
		if (lost && place) {
			if (place.tabIndex < 0) {
				place.tabIndex = -1;
			}
			place.focus({ preventScroll: true });
		}
	}

	// Do not refresh what the user is reading: open details, a scrolled table. Progress is
	// refreshed all the same; its details stay open.
	function isRead(place) {
		return place.querySelector('.live') === null && (place.querySelector('details[open]') !== null
			|| [...place.querySelectorAll('.scroll')].some((table) => table.scrollLeft > 0));
	}

	// Replace nothing that the user holds: selected text, a button that is being pressed.
	let pressed = null;

	function isHeld(place) {
		const marked = getSelection();
		return (pressed !== null && place.contains(pressed)) || (!marked.isCollapsed && place.contains(marked.anchorNode));
	}

	document.addEventListener('pointerdown', (event) => {
		pressed = event.target;
	});
	for (const end of ['pointerup', 'pointercancel', 'dragend']) {
		document.addEventListener(end, () => {
			// The click comes after it.
			setTimeout(() => {
				pressed = null;
			});
		});
	}

	// A hidden page does not poll; it refreshes when it is shown again.
	body.addEventListener('htmx:beforeRequest', (event) => {
		const poll = event.detail.elt;
		if ('poll' in poll.dataset && !poll.querySelector('.skeleton') && (document.hidden || isRead(event.detail.target)
			|| isHeld(event.detail.target))) {
			event.preventDefault();
		}
	});
	document.addEventListener('visibilitychange', () => {
		if (!document.hidden) {
			window.htmx.trigger(body, 'wake');
		}
	});

	// A preview holds for the options as they were. Editing them removes it, even while it is
	// still being counted, so that nothing else can be confirmed.
	const options = document.getElementById('options');

	function disarm() {
		const preview = document.getElementById('preview');
		if (preview) {
			window.htmx.trigger(preview, 'htmx:abort');
			preview.remove();
			document.getElementById('changed').hidden = false;
		}
	}

	// A browser may restore what was typed when it goes back to a page.
	function isEdited() {
		return [...options.querySelectorAll('input[name]')].some((field) => field.value !== field.defaultValue)
			|| [...options.querySelectorAll('select')].some((field) => [...field.options].some(
				(option, place) => option.selected !== (option.defaultSelected || (place === 0 && !field.querySelector('[selected]')))));
	}

	if (options) {
		options.addEventListener('input', disarm);
		options.addEventListener('change', disarm);
		window.addEventListener('pageshow', () => {
			if (isEdited()) {
				disarm();
			}
		});
	}

	// Submits a form once, however often its button is pressed.
	document.addEventListener('submit', (event) => {
		if (event.target.method === 'post') {
			const button = event.submitter ?? event.target.querySelector('button');
			setTimeout(() => {
				button.disabled = true;
				button.textContent = button.dataset.busy ?? button.textContent;
			});
		}
	});
	window.addEventListener('pageshow', () => {
		for (const button of document.querySelectorAll('form button:disabled')) {
			button.disabled = false;
		}
	});

	zoneButton();
	announce();
})();
