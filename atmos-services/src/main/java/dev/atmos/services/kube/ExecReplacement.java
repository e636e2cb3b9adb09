package dev.atmos.services.kube;

/**
 * A user entry that gets another command, and stays as it is otherwise. Nothing marks it as made by
 * atmos.
 *
 * @param user the name of the entry
 * @param before its command, without which it is left alone: another program has changed it
 * @param after the new command
 */
public record ExecReplacement(String user, ExecEntry before, ExecPlugin after) {}
