package dev.atmos.auth.model;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Schema;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigProblem;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.services.config.DeferredValue;
import dev.atmos.services.config.EffectWalk;
import dev.atmos.services.config.TrustPolicy;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds values that will be refused when they are used, because the user hasn't approved them. Each
 * is a warning, and nothing is run.
 */
public final class TrustProblems implements EffectWalk.Visitor {
  private static final String IDENTITIES = AuthFields.AUTH + "." + AuthFields.IDENTITIES + ".";

  private final TrustPolicy trust;
  private final List<ConfigProblem> problems = new ArrayList<>();

  private TrustProblems(TrustPolicy trust) {
    this.trust = trust;
  }

  /**
   * The values that will be refused.
   *
   * @param auth the merged section
   */
  public static List<ConfigProblem> of(Schema schema, ConfigMap auth, TrustPolicy trust) {
    TrustProblems found = new TrustProblems(trust);
    new EffectWalk(found).walk(schema, auth, AuthFields.AUTH);
    return List.copyOf(found.problems);
  }

  @Override
  public void value(Effect effect, ConfigValue value, String text, String path, Schema schema) {
    // Settings that decide how secrets are kept are left out, and then reported with the rest.
    if (effect == Effect.PROTECTION) {
      boolean _ = !path.startsWith(IDENTITIES) || trust.takesPart(path, value.position());
    } else {
      report(value, path, () -> trust.require(effect, value.position(), text));
    }
  }

  @Override
  public void variable(ConfigValue value, String path, String field) {
    if (value instanceof ConfigText text) {
      String variable = text.variable() == null ? "" : text.variable();
      report(
          value, path, () -> trust.requireVariable(text.position(), variable, field, text.text()));
    }
  }

  @Override
  public void included(DeferredValue value, String path, String field) {
    report(value, path, () -> trust.requireOwn(value, field));
  }

  private void report(ConfigValue value, String path, Runnable check) {
    try {
      check.run();
    } catch (AtmosException e) {
      ConfigProblem problem = ConfigProblem.of(path, value.position(), e);
      problems.add(
          ConfigProblem.warning(path, value.position(), problem.sentence(), problem.hint()));
    }
  }
}
