// On a phone the tabs go on beyond its edge: the one that is open is brought into view.
const bar = document.querySelector(".tabs");
const open = bar?.querySelector('[aria-current="page"]');
if (open) bar.scrollLeft = open.offsetLeft - bar.offsetLeft - (bar.clientWidth - open.offsetWidth) / 2;
