package org.eiesim.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On an option or parameter that may name a file or folder to read; {@link OutputCheck} sees to it that nothing the
 * command writes goes there. Values that are names of something else, such as a preset, lead to no file and do no harm.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD})
@interface Reads {}
