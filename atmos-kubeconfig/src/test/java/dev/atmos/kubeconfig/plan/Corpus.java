package dev.atmos.kubeconfig.plan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Kubeconfigs of all kinds: as other tools write them, and as people do. */
@SuppressWarnings("StringConcatToTextBlock") // what ends lines is the point here
public final class Corpus {
  private static final List<String> FILES =
      List.of(
          "aws-cli.yaml",
          "by-hand.yaml",
          "kubectl-1.32.yaml",
          "kubectl-empty.yaml",
          "minikube-and-gke.yaml",
          "rancher.json");

  private static final String SMALL =
      """
      apiVersion: v1
      kind: Config
      clusters:
      - name: a
        cluster:
          server: https://a.example.com
      contexts:
      - name: a
        context: {cluster: a, user: a}
      users:
      - name: a
        user: {token: x}
      current-context: a
      """;

  private static final Map<String, String> ALL = all();

  private Corpus() {}

  private static Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>();
    for (String file : FILES) {
      String text = read(file);
      all.put(file, text);
      all.put(file + ", CRLF", text.replace("\n", "\r\n"));
      all.put(file + ", without its last line break", text.stripTrailing());
      all.put(file + ", BOM", "\ufeff" + text);
    }
    byHand().forEach(all::put);
    return all;
  }

  public static List<String> names() {
    return new ArrayList<>(ALL.keySet());
  }

  public static String text(String name) {
    return Objects.requireNonNull(ALL.get(name));
  }

  public static String read(String file) {
    try (InputStream in = Corpus.class.getResourceAsStream("/corpus/" + file)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> byHand() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("empty", "");
    all.put("a byte order mark", "\ufeff");
    all.put("comments only", "# nothing yet\n\n# really\n");
    all.put("a comment without a line break", "# nothing yet");
    all.put("empty lines", "\n\n\n");
    all.put("document start", "---\n");
    all.put("document start without a line break", "---");
    all.put("document start, comment", "--- # here\n# and here\n");
    all.put("empty document, another", "---\n---\nfoo: bar\n");
    all.put("braces", "{}\n");
    all.put("braces, spaced", "{ }");
    all.put("head only", "apiVersion: v1\nkind: Config\n");
    all.put("head only, without a line break", "apiVersion: v1\nkind: Config");
    all.put("small", SMALL);
    all.put("old Mac", SMALL.replace('\n', '\r'));
    all.put("without a head", SMALL.substring(SMALL.indexOf("clusters")));
    all.put("two documents", SMALL + "---\nfoo: [1, 2\n");
    all.put("two documents, ended", SMALL + "...\n---\n" + SMALL);
    all.put("directive", "%YAML 1.1\n---\n" + SMALL);
    all.put("empty line at the end", SMALL + "\n\n# the end\n\n");
    all.put("dangling current-context", SMALL.replace("current-context: a", "current-context: z"));
    all.put("quoted current-context", SMALL.replace("current-context: a", "current-context: 'a'"));
    all.put("current-context below", SMALL.replace("current-context: a", "current-context:\n  a"));
    all.put(
        "current-context, spaced", SMALL.replace("current-context: a", "current-context:   a # x"));
    all.put(
        "current-context folded", SMALL.replace("current-context: a", "current-context: >-\n  a"));
    all.put(
        "current-context literal, before the end",
        SMALL
            .replace("current-context: a\n", "")
            .replace("users:", "current-context: |-\n  a\nusers:"));
    all.put("current-context nothing", SMALL.replace("current-context: a", "current-context:"));
    all.put("current-context ~", SMALL.replace("current-context: a", "current-context: ~  # x"));
    all.put(
        "current-context twice quoted",
        SMALL.replace("current-context: a", "current-context: \"\\x61\""));
    all.put(
        "quoted keys",
        SMALL
            .replace("clusters:", "\"clusters\":")
            .replace("- name: a\n  user", "- 'name': a\n  \"user\""));
    all.put("question marks", SMALL.replace("clusters:\n", "? clusters\n:\n"));
    all.put("null lists", "apiVersion: v1\nclusters: null\ncontexts: ~\nusers:\nkind: Config\n");
    all.put(
        "empty lists",
        "apiVersion: v1\nclusters: []\ncontexts: [ ] # none\nusers:    []\nkind: Config\n");
    all.put("empty lists with a tag", "clusters: !!seq []\ncontexts: &x []\nusers: [\n]\n");
    all.put("empty list at the end", "contexts: []\nusers: []\nclusters: []");
    all.put("null list at the end", "contexts:\nusers:\nclusters:");
    all.put(
        "contexts at the end, without a line break",
        "current-context: \"\"\n"
            + "clusters:\n- name: a\n"
            + "users:\n- name: a\n"
            + "contexts:\n- name: a");
    all.put(
        "users first and last",
        "users:\n- name: u\n  user: {}\nclusters:\n- name: c\n  cluster: {}\n");
    all.put(
        "indented lists",
        SMALL
            .replace("\n- ", "\n    - ")
            .replace("\n  cluster:\n", "\n      cluster:\n")
            .replace("\n    server", "\n          server")
            .replace("\n  context:", "\n      context:")
            .replace("\n  user:", "\n      user:"));
    all.put("wide dashes", SMALL.replace("- name: a\n  user", "-     name: a\n      user"));
    all.put("dashes alone", SMALL.replace("- name: a\n  user", "-\n  name: a\n  user"));
    all.put(
        "dashes with comments",
        SMALL.replace("- name: a\n  user", "- # first\n  # second\n  name: a\n  user"));
    all.put(
        "body first",
        SMALL.replace("- name: a\n  user: {token: x}", "- user: {token: x}\n  name: a"));
    all.put("comments everywhere", SMALL.replace("\n", " # c\n# d\n"));
    all.put("comments indented", SMALL.replace("\n", "\n      # d\n"));
    all.put(
        "flow lists",
        "clusters: [{name: a, cluster: {server: x}}]\n"
            + "contexts: [ ]\n"
            + "users: [ {name: b},\n"
            + "  {name: c} ] # t\n");
    all.put("flow list with a last comma", "clusters: [{name: a, cluster: {server: x}},]\n");
    all.put(
        "flow list with comments",
        "clusters: [\n  {name: a}, # one\n  {name: b} # two\n  # end\n]\n");
    all.put(
        "JSON",
        "{\"clusters\":[],\"contexts\":null,\"users\":[{\"name\":\"a\",\"user\":{}}],\"current-context\":\"\"}");
    all.put(
        "JSON with spaces",
        "{ \"clusters\": [ ], \"contexts\": null , \"users\": [ { \"name\": \"a\" } ] }\n");
    all.put("JSON over lines", "{\n\t\"clusters\": [],\n\t\"users\": null\n}\n");
    all.put("JSON without lists", "{\"apiVersion\": \"v1\"}");
    all.put(
        "tabs",
        SMALL
            .replace("clusters:", "clusters:\t# c")
            .replace("server: ", "server:\t")
            .replace("\nusers", "\n\t\nusers"));
    all.put("tab after a dash", SMALL.replace("- name: a\n  user", "-\tname: a\n  user"));
    all.put(
        "anchors elsewhere", SMALL.replace("{token: x}", "&u {token: &t x}") + "x-y: [*u, *t]\n");
    all.put("an anchor that nothing refers to", SMALL.replace("clusters:\n", "clusters: &c\n"));
    all.put(
        "merge keys",
        "x: &b\n  namespace: n\n"
            + SMALL.replace("{cluster: a, user: a}", "{cluster: a, user: a, <<: *b}"));
    all.put(
        "an entry that is an alias",
        "x: &b {name: q, context: {cluster: c, user: d}}\n"
            + SMALL.replace("contexts:\n", "contexts:\n- *b\n"));
    all.put(
        "tags",
        SMALL
            .replace("clusters:\n", "clusters: !!seq\n")
            .replace("name: a\n  user", "name: !!str a\n  user"));
    all.put("literal at the end", "clusters:\n- name: a\n  cluster:\n    note: |\n      x\n\n\n");
    all.put(
        "literal that keeps its end",
        "clusters:\n- name: a\n  cluster:\n    note: |+\n      x\n\n\nusers: []\n");
    all.put(
        "folded text",
        "users:\n- name: a\n  user:\n    token: a\n      b\n\n      c\nclusters: []\n");
    all.put(
        "unknown fields",
        SMALL + "x-mine:\n  yes: no\n  0123: 0o17\npreferences: {colors: true}\n");
    all.put("no name", SMALL.replace("users:\n", "users:\n- user: {}\n"));
    all.put(
        "other letters",
        SMALL.replace("a.example", "\ud83d\ude80.b\u00fccher") + "# \ud83d\ude80\n");
    all.put("next line character", SMALL.replace("current", "# a\u0085current"));
    return all;
  }
}
