package org.privateshare.http;

import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.privateshare.access.Grant;
import org.privateshare.page.PageFrame;

/// Says no: as a page for a browser, which for those without a key is the one to sign in; as a
/// problem of RFC 9457; or as one line.
final class Refusing {
  private static final int NO_KEY = 401;

  private Refusing() {}

  /// Sends the whole answer.
  ///
  /// @throws PeerGone where the caller doesn't take it
  static void answer(Call call, Problem problem) throws PeerGone {
    Reply reply = call.reply();
    for (HttpField field : problem.fields()) {
      // A browser that is asked for a password opens a box of its own instead of our page.
      if (field.getHeader() != HttpHeader.WWW_AUTHENTICATE || !isBrowser(call.fields())) {
        reply.fields().add(field);
      }
    }
    reply.fields().put(HttpHeader.VARY, HttpHeader.ACCEPT.asString());
    if (Accepted.html(call.fields())) {
      Safety.ofRefusalPage(reply.fields());
      reply.say(problem.status(), PageFrame.CONTENT_TYPE, page(call, problem));
    } else if (Accepted.json(call.fields())) {
      reply.say(problem.status(), "application/problem+json", ProblemText.json(problem));
    } else {
      String line = problem.code() + ": " + problem.detail() + "\n";
      reply.say(problem.status(), Reply.TEXT, line);
    }
  }

  /// Whether a browser asks, for what it shows or for a script (Fetch Metadata).
  private static boolean isBrowser(HttpFields fields) {
    return Accepted.html(fields) || fields.contains("Sec-Fetch-Mode");
  }

  private static String page(Call call, Problem problem) {
    return problem.status() == NO_KEY ? signIn(problem) : sayNo(problem, call.knownGrant());
  }

  private static String signIn(Problem problem) {
    boolean isFirst = problem.detail().equals(Problem.NEEDS_KEY);
    return PageFrame.of("Sign in - privateshare")
        .style("plain.css")
        .script("signin.js")
        .text(
            html -> {
              html.begin("main").element("h1", "privateshare");
              html.begin("form").attribute("class", "enter").attribute("method", "post");
              html.attribute("action", "/.privateshare/session");
              html.begin("label").attribute("for", "key");
              html.text("Key, or the link you were given").end();
              html.begin("input").attribute("id", "key").attribute("name", "key");
              html.attribute("type", "password").attribute("autocomplete", "current-password");
              html.attribute("required");
              html.begin("button").attribute("class", "primary").text("Sign in").end();
              if (!isFirst) {
                html.begin("p").attribute("class", "error").attribute("role", "alert");
                html.text(sentence(problem.detail())).end();
              }
              html.end().end();
            });
  }

  private static String sayNo(Problem problem, Optional<Grant> grant) {
    String title = ProblemText.title(problem.status());
    return PageFrame.of(title + " - privateshare")
        .style("plain.css")
        .attribute("class", "problem")
        .text(
            html -> {
              html.begin("main").element("h1", title);
              html.element("p", sentence(problem.detail()));
              // A link's key would have to go along, and there is nothing but what it has opened.
              if (!grant.map(Grant::mayTravelInQuery).orElse(false)) {
                html.begin("p").begin("a").attribute("href", grant.map(Home::url).orElse("/"));
                html.text("To the files").end().end();
              }
              html.end();
            });
  }

  private static String sentence(String detail) {
    return detail.substring(0, 1).toUpperCase(Locale.ROOT) + detail.substring(1) + ".";
  }
}
