@NullMarked
package dev.atmos.aws.ecr.command;

import org.jspecify.annotations.NullMarked;
