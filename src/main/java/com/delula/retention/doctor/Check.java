package com.delula.retention.doctor;

import java.util.List;

/** Looks at one thing. May fail: that is a finding too and stops no other check. */
interface Check {

	/** Its name in the findings. */
	String id();

	/** What is said when nothing was found. */
	String inOrder();

	/** Looks. */
	List<Finding> look();

}
