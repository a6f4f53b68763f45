// Who judges is asked once, not on every page.

const coder = document.querySelector("#judging input[name=coder]");
coder.value = localStorage.getItem("sayso coder") || coder.value;
coder.addEventListener("change", () => localStorage.setItem("sayso coder", coder.value.trim()));
