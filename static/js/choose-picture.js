// Hands the chosen picture to the editor in the window that opened this one, which waits
// for it under the number in the address.
const number = Number(new URLSearchParams(location.search).get("CKEditorFuncNum"));

for (const button of document.querySelectorAll(".picture-choice button")) {
  button.addEventListener("click", () => {
    const { url, alt, caption } = button.dataset;
    window.opener?.CKEDITOR.tools.callFunction(number, url, {
      alternative_text: alt,
      caption,
    });
    window.close();
  });
}
