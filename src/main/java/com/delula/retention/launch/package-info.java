/**
 * What a process of the plain jar does first. These classes lie at the root of the jar
 * too, before Spring Boot's loader opens the jars inside it, and so use nothing but the
 * JDK. They use no lambda and no joined string either: the first one of a process costs
 * more time than all of them.
 */
@NullMarked
package com.delula.retention.launch;

import org.jspecify.annotations.NullMarked;
