package dev.atmos.plugin.base;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks interfaces that only the host implements. Because plugins call them and never implement
 * them, they may gain methods in any release. Interfaces without this mark gain only default
 * methods.
 */
@Documented
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.TYPE)
public @interface ImplementedByHost {}
