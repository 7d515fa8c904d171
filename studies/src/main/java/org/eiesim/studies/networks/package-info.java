/**
 * Networks looked at and compared before anything is compressed. Start with {@link
 * org.eiesim.studies.networks.NetworkInspection}.
 */
@NullMarked
package org.eiesim.studies.networks;

import org.jspecify.annotations.NullMarked;
