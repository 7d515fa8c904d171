package org.eiesim.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.eiesim.studies.outputs.OutputKind;

/** On an option or parameter that names a file or folder to write; {@link OutputCheck} looks at it before the work. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD})
@interface Writes {
    /** What is written there. */
    OutputKind value();

    /** The ending of names for which something else is written; none by default. */
    String suffix() default "";

    /** What is written there if the name ends so. */
    OutputKind suffixed() default OutputKind.RAW;
}
