"""A list of names searched in all documents. Nothing of the list is kept, here or in an address.

Every page of the answer is the form sent again: the list travels with it.
"""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from contrechamp.search import services
from contrechamp.search.forms import BatchForm
from contrechamp.search.queries import NAME_COLUMNS, name_table, search_names

from .finding import REFRESHED_FIRST
from .spreadsheet import csv_response

PER_PAGE = 50


# Not protected: it reads what anybody may read and writes nothing, and a token would put a
# cookie on visitors.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def batch(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "search/batch.html", {"form": BatchForm(), "data_query": None})
    form = BatchForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "search/batch.html", {"form": form}, status=400)
    services.refresh(most=REFRESHED_FIRST)
    page = Paginator(form.list.names, PER_PAGE).get_page(request.POST.get("page"))
    context = {
        "form": form,
        "list": form.list,
        "listed": "\n".join(form.list.names),
        "page": page,
        "rows": search_names(list(page.object_list)),
    }
    return render(request, "search/batch.html", context)


@csrf_exempt
@require_POST
def batch_csv(request: HttpRequest) -> HttpResponseBase:
    form = BatchForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "search/batch.html", {"form": form}, status=400)
    services.refresh(most=REFRESHED_FIRST)
    site = f"{request.scheme}://{request.get_host()}"
    return csv_response(
        "noms-dans-les-documents.csv", NAME_COLUMNS, name_table(form.list.names, site)
    )
