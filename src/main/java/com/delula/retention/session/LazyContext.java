package com.delula.retention.session;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;

/** Looks who is logged in when somebody wants to know, and once. */
final class LazyContext implements DeferredSecurityContext {

	private final Supplier<SecurityContext> load;

	private final BooleanSupplier generated;

	private @Nullable SecurityContext context;

	LazyContext(Supplier<SecurityContext> load, BooleanSupplier generated) {
		this.load = load;
		this.generated = generated;
	}

	@Override
	public SecurityContext get() {
		SecurityContext known = this.context;
		if (known == null) {
			known = this.load.get();
			this.context = known;
		}
		return known;
	}

	@Override
	public boolean isGenerated() {
		return this.generated.getAsBoolean();
	}

}
