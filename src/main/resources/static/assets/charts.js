// Draws each chart from the table of values below it.
(() => {
	'use strict';

	const COLOURS = 8;
	const drawn = new Set();
	const dark = matchMedia('(prefers-color-scheme: dark)');

	// A property that depends on the scheme is only resolved where it colours something.
	const probe = document.createElement('span');
	probe.hidden = true;
	document.body.append(probe);

	function colour(name) {
		probe.style.color = 'var(' + name + ')';
		return getComputedStyle(probe).color;
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
	const hour = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
	const minute = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' });

	const HOUR = 3600000;

	// Wide enough for 100,000, so that the frames of charts beside each other agree.
	const AXIS = 56;

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
			// Points at the edges are shown whole.
			clip: 8,
			// Samples are missing while the service is down: leave a gap.
			spanGaps: (kind === 'bar') ? true : 3 * step,
			// Bends no lower and no higher than the points.
			cubicInterpolationMode: 'monotone',
		}));
	}

	function options(kind, span, stacked, unit) {
		const text = colour('--muted');
		const axis = { ticks: { color: text, maxRotation: 0, autoSkipPadding: 16 }, grid: { color: colour('--line') },
			border: { display: false } };
		return {
			animation: false,
			maintainAspectRatio: false,
			layout: { padding: { top: 8, right: 8 } },
			interaction: { mode: 'index', intersect: false },
			plugins: {
				legend: { display: false },
				tooltip: (kind === 'bar') ? {} : { callbacks: { title: (items) => minute.format(new Date(items[0].parsed.x)) } },
			},
			scales: {
				x: (kind === 'bar') ? { ...axis, stacked, grid: { display: false } } : { ...axis, type: 'linear',
					min: Date.now() - span, max: Date.now(), grid: { display: false }, afterBuildTicks: marks,
					ticks: { ...axis.ticks, callback: mark } },
				y: { ...axis, stacked, beginAtZero: true, afterFit: (scale) => { scale.width = Math.max(scale.width, AXIS); }, ticks: { ...axis.ticks, precision: 0, maxTicksLimit: 6, ...(unit && { callback: (value) => value + unit }) } },
			},
		};
	}

	function label(figure, time) {
		return 'days' in figure.dataset ? day.format(time) : hour.format(time);
	}

	function draw() {
		for (const chart of drawn) {
			chart.destroy();
		}
		drawn.clear();
		window.Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
		for (const figure of document.querySelectorAll('figure.chart')) {
			const table = figure.querySelector('table');
			if (table) {
				const data = figures(table);
				const kind = figure.dataset.kind;
				const step = Number(figure.dataset.step);
				drawn.add(new window.Chart(figure.querySelector('canvas'), { type: kind,
					options: options(kind, Number(figure.dataset.span), kind === 'bar' && !figure.closest('[data-beside]'), figure.dataset.unit || ''),
					data: { labels: (kind === 'bar') ? data.times.map((time) => label(figure, time)) : undefined,
						datasets: datasets(data, kind, step) } }));
			}
		}
	}

	document.body.addEventListener('htmx:afterSettle', (event) => {
		if (event.detail.target?.id === 'charts') {
			draw();
		}
	});
	dark.addEventListener('change', draw);
	document.addEventListener('theme', draw);
})();
