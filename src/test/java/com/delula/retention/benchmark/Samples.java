package com.delula.retention.benchmark;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Measured values of one kind. */
final class Samples {

	private final List<Double> values = new ArrayList<>();

	synchronized void add(double value) {
		this.values.add(value);
	}

	void addAll(Samples others) {
		others.sorted().forEach(this::add);
	}

	synchronized List<Double> sorted() {
		return this.values.stream().sorted().toList();
	}

	/** The one that was added last. */
	synchronized double last() {
		return this.values.get(this.values.size() - 1);
	}

	double median() {
		return quantile(0.5);
	}

	/** The smallest value that this share of all does not exceed. */
	double quantile(double share) {
		List<Double> sorted = sorted();
		if (sorted.isEmpty()) {
			return Double.NaN;
		}
		return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
	}

	static Samples of(Collection<Double> values) {
		Samples samples = new Samples();
		values.forEach(samples::add);
		return samples;
	}

}
