/** YAML documents whose errors name the line. Start with {@link org.eiesim.compiler.yaml.YamlTree}. */
@NullMarked
package org.eiesim.compiler.yaml;

import org.jspecify.annotations.NullMarked;
