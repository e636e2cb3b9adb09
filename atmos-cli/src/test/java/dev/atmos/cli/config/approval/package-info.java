@NullMarked
package dev.atmos.cli.config.approval;

import org.jspecify.annotations.NullMarked;
