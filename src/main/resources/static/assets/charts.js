// Draws each chart from the table of values below it.
(() => {
	'use strict';

	const COLOURS = 8;
	const drawn = new Set();
	const dark = matchMedia('(prefers-color-scheme: dark)');

	function colour(name) {
		return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
	}

	function figures(table) {
		const names = [...table.tHead.rows[0].cells].slice(1).map((cell) => cell.textContent);
		const rows = [...table.tBodies[0].rows];
		return {
			names,
			times: rows.map((row) => new Date(row.querySelector('time').dateTime)),
			columns: names.map((name, index) => rows.map((row) => {
				const value = row.cells[index + 1].dataset.value;
				return (value === undefined) ? null : Number(value);
			})),
		};
	}

	const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' });
	const localDay = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
	const hour = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
	const minute = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

	const HOUR = 3600000;

	// Up to seven ticks at round times of the user's clock.
	function marks(axis) {
		const hours = [1, 3, 6, 12, 24, 48, 120, 240, 480].find((step) => (axis.max - axis.min) / (step * HOUR) <= 7);
		const at = new Date(axis.min);
		at.setHours(0, 0, 0, 0);
		axis.ticks = [];
		for (; at.getTime() <= axis.max; at.setHours(at.getHours() + hours)) {
			if (at.getTime() >= axis.min) {
				axis.ticks.push({ value: at.getTime() });
			}
		}
	}

	function mark(value) {
		const at = new Date(value);
		return (at.getHours() === 0 && at.getMinutes() === 0) ? localDay.format(at) : hour.format(at);
	}

	function datasets(data, kind, step) {
		return data.columns.map((values, index) => ({
			label: data.names[index],
			data: (kind === 'bar') ? values : values.map((y, row) => ({ x: data.times[row].getTime(), y })),
			backgroundColor: colour('--series-' + index % COLOURS),
			borderColor: colour('--series-' + index % COLOURS),
			borderDash: [[], [6, 3], [2, 2]][index % 3],
			borderWidth: (kind === 'bar') ? 0 : 2,
			borderRadius: 2,
			pointRadius: (values.length > 2) ? 0 : 3,
			pointHitRadius: 8,
			// The newest point is at the edge: show all of it.
			clip: 4,
			// Samples are missing while the service is down: leave a gap.
			spanGaps: (kind === 'bar') ? true : 3 * step,
			tension: 0.2,
		}));
	}

	function options(kind, span, stacked) {
		const text = colour('--muted');
		const axis = { ticks: { color: text, maxRotation: 0, autoSkipPadding: 16 }, grid: { color: colour('--line') },
			border: { display: false } };
		return {
			animation: false,
			maintainAspectRatio: false,
			interaction: { mode: 'index', intersect: false },
			plugins: {
				legend: { display: false },
				tooltip: (kind === 'bar') ? {} : { callbacks: { title: (items) => minute.format(new Date(items[0].parsed.x)) } },
			},
			scales: {
				x: (kind === 'bar') ? { ...axis, stacked, grid: { display: false } } : { ...axis, type: 'linear',
					min: Date.now() - span, max: Date.now(), grid: { display: false }, afterBuildTicks: marks,
					ticks: { ...axis.ticks, callback: mark } },
				y: { ...axis, stacked, beginAtZero: true, ticks: { ...axis.ticks, precision: 0, maxTicksLimit: 6 } },
			},
		};
	}

	function draw() {
		for (const chart of drawn) {
			chart.destroy();
		}
		drawn.clear();
		for (const figure of document.querySelectorAll('figure.chart')) {
			const table = figure.querySelector('table');
			if (table) {
				const data = figures(table);
				const kind = figure.dataset.kind;
				drawn.add(new window.Chart(figure.querySelector('canvas'), { type: kind,
					options: options(kind, Number(figure.dataset.span), kind === 'bar' && !figure.closest('[data-beside]')),
					data: { labels: (kind === 'bar') ? data.times.map((time) => day.format(time)) : undefined,
						datasets: datasets(data, kind, Number(figure.dataset.step)) } }));
			}
		}
	}

	document.body.addEventListener('htmx:afterSettle', (event) => {
		if (event.detail.target?.id === 'charts') {
			draw();
		}
	});
	dark.addEventListener('change', draw);
})();
