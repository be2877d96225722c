package com.delula.retention.support;

import com.delula.retention.support.TestDatabase.Installation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that run once on a new installation and once on an existing one. */
@ParameterizedClass(name = "{0}")
@EnumSource(Installation.class)
public abstract class OnBothInstallations extends OnEmptyTables {

	@Parameter
	Installation kind;

	@Override
	protected Installation installation() {
		return this.kind;
	}

}
