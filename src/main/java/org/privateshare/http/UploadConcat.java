package org.privateshare.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.privateshare.model.Refusal;
import org.privateshare.share.UploadId;
import org.privateshare.share.UploadPlan;

/// What a new upload is to others, as `Upload-Concat` says: `partial`, or `final;URL URL`.
sealed interface UploadConcat {
  String FIELD = "Upload-Concat";

  String PARTIAL_WORD = "partial";

  /// As a note of an upload: no key of a caller's has a comma.
  String NOTE = ",concat";

  /// The most parts of a whole.
  int MOST_PARTS = 500;

  /// What is longer isn't told again.
  int MOST_NOTED = 4 << 10;

  /// Words without more to say.
  enum Word implements UploadConcat {
    /// The field isn't there: a file.
    NONE,
    /// A part without a name.
    PARTIAL
  }

  /// What parts become.
  ///
  /// @param field all of the field
  /// @param parts the URLs of the parts in their order
  record Final(String field, List<String> parts) implements UploadConcat {
    /// Copies the list.
    public Final {
      parts = List.copyOf(parts);
    }

    /// The ids of the parts.
    ///
    /// @throws Problem 400 where an URL is none, or on another server
    /// @throws Refusal.Missing where it isn't that of an upload
    List<UploadId> ids(HostRule hosts, Request request) throws Problem, Refusal {
      List<UploadId> ids = new ArrayList<>();
      for (String part : parts) {
        Optional<String> path = hosts.pathOf(part, request);
        Target target = PathReader.read(path.orElseThrow(Final::noUrl));
        if (target.area() != Area.UPLOAD || target.endsWithSlash()) {
          throw noUrl();
        }
        ids.add(UploadId.parse(target.path().toString()));
      }
      return ids;
    }

    private static Problem noUrl() {
      return Problem.badRequest(FIELD + " has something that is no URL of an upload here");
    }

    /// What HEAD tells of it again, as a note.
    Map<String, String> note() {
      return field.length() > MOST_NOTED ? Map.of() : Map.of(NOTE, field);
    }
  }

  /// What HEAD tells of an upload again.
  static Optional<String> told(UploadPlan plan) {
    return plan.target().isEmpty()
        ? Optional.of(PARTIAL_WORD)
        : Optional.ofNullable(plan.notes().get(NOTE));
  }

  /// Reads the field of a request.
  ///
  /// @throws Problem 400 where it is anything else, or names too many parts
  static UploadConcat of(HttpFields fields) throws Problem {
    if (!fields.contains(FIELD)) {
      return Word.NONE;
    }
    List<String> lines = fields.getValuesList(FIELD);
    String field = lines.size() == 1 ? lines.getFirst() : "";
    if (field.equals(PARTIAL_WORD)) {
      return Word.PARTIAL;
    }
    if (!field.startsWith("final;")) {
      throw Problem.badRequest(FIELD + " is partial, or final; and the URLs of the parts");
    }
    List<String> parts = List.of(field.substring("final;".length()).split(" ", -1));
    if (parts.size() > MOST_PARTS) {
      throw Problem.badRequest(FIELD + " has more than " + MOST_PARTS + " parts");
    }
    return new Final(field, parts);
  }
}
